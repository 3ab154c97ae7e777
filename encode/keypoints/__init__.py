"""2D keypoints and skeletons of people, painted as dots and lines."""

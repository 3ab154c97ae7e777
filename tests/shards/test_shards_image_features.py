"""Features of images: of their middle square, and noise is farther from a gradient than another gradient."""

import numpy as np
import pytest

pytestmark = pytest.mark.torch


def test_features_tell_noise_from_gradients() -> None:
    pytest.importorskip("efficientnet_lite_pytorch")
    from shards.torch.image_features import image_features

    rng = np.random.default_rng(0)
    ramp = np.linspace(0, 255, 300)[None, :, None] * np.ones((240, 1, 3))
    images = [ramp, ramp[:, ::-1] * 0.9, rng.integers(0, 256, (240, 300, 3)), ramp[:, 30:270]]
    features = image_features(np.ascontiguousarray(image.astype(np.uint8)) for image in images)
    assert features.shape == (4, 1280)
    assert np.isfinite(features).all()
    np.testing.assert_allclose(features[0], features[3], atol=1e-5)
    near, far = (np.linalg.norm(features[0] - features[i]) for i in (1, 2))
    assert near < far
    assert image_features([]).shape == (0, 1280)

"""People: a build, a pose, clothes; composed into one object. Front toward -y, left toward +x, metres."""

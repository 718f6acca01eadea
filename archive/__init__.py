"""From bytes to an accepted text, images and videos."""

"""Where bytes lie and how they are looked at; writing them is `archive.actions.receive_file`'s business."""

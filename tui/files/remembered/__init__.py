"""The state folder: bookmarks, snapshots and unsaved changes kept between sessions."""

"""The state folder: bookmarks, snapshots, unsaved changes and other state kept between sessions."""

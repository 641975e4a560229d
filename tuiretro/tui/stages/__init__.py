"""What each stage of a retro shows, as rows: values in, rows out. Keys and widgets are the room's."""

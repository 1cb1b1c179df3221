"""What comes in from spreadsheets and goes out to standards? Import, export and paper forms; the terminal only."""

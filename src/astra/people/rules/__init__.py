"""What holds for people wherever they are shown: ages, names, search cards, matching. No Django."""

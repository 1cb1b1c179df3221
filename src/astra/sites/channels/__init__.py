"""Messages that providers bring and take: e-mail, SMS and others, each behind one interface."""

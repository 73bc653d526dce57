"""Bundles other than zip: rar, 7z, tar, winmail.dat, Outlook's .msg. Each gives its members, or why there are none."""

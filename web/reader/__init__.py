"""The pages of somebody who is invited to read about several schools: a list of them, and each by itself. They write on
none."""

from web.reader import door, school_list, school_page

BLUEPRINTS = (door.bp, school_list.bp, school_page.bp)

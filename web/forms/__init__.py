"""Forms on pages, whoever fills them in: what was typed is read, done in one transaction, and answered in words.

`form_post` does an act; `act_form` reads what acts ask for, by the types of their fields; `form_fields` reads plain
fields and `date_fields` days and times; `form_errors` shows on the page what is wrong.
"""

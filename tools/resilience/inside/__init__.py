"""Files that run in the Odoo process; `./dev` never imports them."""

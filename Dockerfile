# The official Odoo with the OCA addons that requirements.txt pins; the addons of this project are mounted.
FROM odoo:19.0

USER root
COPY requirements.txt /tmp/requirements.txt
# Odoo itself is there already, so pip must not look for it: everything that the addons need is in the list.
RUN grep '^odoo-addon-' /tmp/requirements.txt > /tmp/oca.txt \
    && grep -iE '^(unidecode|phonenumbers|highspy|numpy)==' /tmp/requirements.txt > /tmp/libraries.txt \
    && pip3 install --no-cache-dir --no-deps --target /opt/oca -r /tmp/oca.txt \
    && pip3 install --no-cache-dir --no-deps --break-system-packages -r /tmp/libraries.txt \
    && rm /tmp/*.txt
USER odoo

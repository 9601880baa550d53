"""Print one line for each demo user of our addons: role, login, password, where to sign in.

logins.py DATABASE

Demo users have external ids `smart_<addon>.user_demo_<role>` and a password equal to their login.
"""

import sys

import psycopg2

QUERY = """
    SELECT substring(data.name FROM 11), users.login, users.share
      FROM ir_model_data data
      JOIN res_users users ON users.id = data.res_id
     WHERE data.model = 'res.users' AND users.active
       AND data.module LIKE 'smart\\_%' AND data.name LIKE 'user\\_demo\\_%'
     ORDER BY users.share, users.id
"""


def main(database: str) -> None:
    """Print the logins of the database, the administrator's first."""
    # The connection comes from PGHOST and PGUSER, which the set-up exports.
    connection = psycopg2.connect(dbname=database)
    with connection, connection.cursor() as cursor:
        cursor.execute(QUERY)
        rows = cursor.fetchall()
    connection.close()
    print("role              login / password")
    print("administrator     admin / admin")
    for role, login, is_portal in rows:
        suffix = "   (portal)" if is_portal else ""
        print(f"{role.replace('_', ' '):<17} {login} / {login}{suffix}")


if __name__ == "__main__":
    main(sys.argv[1])

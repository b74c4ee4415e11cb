"""How fast the site is: `make bench` prints one table and ends by itself.

Each module of `bench.measurements` measures one thing: it has `measure(site)`, which yields
rows. Figures are ratios within one run, since machines are noisy; nothing here is a test.
The site runs on 127.0.0.1 with a SQLite database that is deleted afterwards, or with the
empty database that `BENCH_DATABASE_URL` names.
"""

import { describe, expect, test } from 'vitest'
import { reset } from '../../../../src/verify/trace/index.ts'
import { inventoryOf, inventoryOfServer } from '../../../catalog/server.ts'
import { sharedPglite } from '../../../verify/trace/shared.ts'
import { replayed } from './replayed.ts'

const pglite = sharedPglite()
const long = (letter: string, length = 40) => letter.repeat(length)

describe('a constraint or index without a name gets the one PostgreSQL gives it', () => {
  test.each(
    Object.entries({
      'in CREATE TABLE': `CREATE TABLE r (id int PRIMARY KEY, other int UNIQUE);
        CREATE TABLE t (a int UNIQUE, b int CHECK (b > 0), c int REFERENCES r, d int, UNIQUE (a, b),
          CHECK (a > b), CHECK (a > 0), CHECK (1 > 0), PRIMARY KEY (b, c), FOREIGN KEY (d) REFERENCES r (other))`,
      'in ALTER TABLE': `CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int, b int);
        ALTER TABLE t ADD UNIQUE (b, a), ADD PRIMARY KEY (a), ADD CHECK (a > 0), ADD CHECK (a > b),
          ADD FOREIGN KEY (a) REFERENCES r, ADD FOREIGN KEY (b) REFERENCES r, ADD COLUMN c int REFERENCES r UNIQUE`,
      'twice over': `CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int, b int);
        ALTER TABLE t ADD UNIQUE (a); ALTER TABLE t ADD CHECK (a > 0); ALTER TABLE t ADD CHECK (a > 1);
        ALTER TABLE t ADD CHECK (a > b); ALTER TABLE t ADD CHECK (a <> b);
        ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r; ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES r;
        CREATE INDEX ON t (a); CREATE INDEX ON t (a); CREATE INDEX ON t (a);`,
      'where another relation has taken it': `CREATE TABLE t_a_key (id int); CREATE TABLE t_pkey (id int);
        CREATE TABLE t (a int UNIQUE, b int PRIMARY KEY);`,
      'where a constraint of another table has taken it': `CREATE TABLE r (id int PRIMARY KEY);
        CREATE TABLE a (b_c int REFERENCES r, CHECK (b_c > 0)); CREATE TABLE a_b (c int REFERENCES r, CHECK (c > 0));
        CREATE TABLE a_b_c (d int, CONSTRAINT x_y_key CHECK (d > 0)); CREATE TABLE x (y int UNIQUE);`,
      'where another schema has taken it': `CREATE SCHEMA app; CREATE TABLE app.t (a int UNIQUE);
        CREATE TABLE t (a int UNIQUE);`,
      'for indexes of columns': `CREATE TABLE t (a int, b int);
        CREATE INDEX ON t (a, b); CREATE UNIQUE INDEX ON t (b DESC); CREATE INDEX ON t (a) WHERE b > 0;`,
      'for indexes that include columns': `CREATE TABLE t (a int, b int, UNIQUE (a) INCLUDE (b));
        CREATE INDEX ON t (a) INCLUDE (b);`,
      'for indexes of expressions': `CREATE TABLE t (a text, b int, j jsonb);
        CREATE INDEX ON t (lower(a)); CREATE INDEX ON t (lower(a), upper(a), lower(a || 'x')); CREATE INDEX ON t ((b + 1));
        CREATE INDEX ON t ((b + 1), (b + 2)); CREATE INDEX ON t ((a::varchar)); CREATE INDEX ON t ((j ->> 'x'));
        CREATE INDEX ON t (coalesce(a, '')); CREATE INDEX ON t ((CASE WHEN b > 0 THEN 1 END)); CREATE INDEX ON t (a, lower(a));`,
      'for exclusion': `CREATE TABLE t (a int, b int, r int4range, EXCLUDE USING gist (r WITH &&));
        ALTER TABLE t ADD EXCLUDE USING btree (a WITH =, b WITH =);`,
      'longer than 63 bytes: a long table': `CREATE TABLE ${long('t', 63)} (a int PRIMARY KEY, b int UNIQUE, CHECK (a > 0))`,
      'longer than 63 bytes: long columns': `CREATE TABLE t (${long('a')} int, ${long('b')} int, UNIQUE (${long('a')}, ${long('b')}));
        CREATE INDEX ON t (${long('a')}, ${long('b')});`,
      'longer than 63 bytes: both': `CREATE TABLE ${long('t', 50)} (${long('a', 50)} int UNIQUE REFERENCES ${long('t', 50)} (${long('a', 50)}));
        CREATE INDEX ON ${long('t', 50)} (${long('a', 50)}); CREATE INDEX ON ${long('t', 50)} (${long('a', 50)});`,
      'longer than 63 bytes, which are not letters': `CREATE TABLE "${long('é', 30)}" ("${long('€', 15)}x" int UNIQUE, b int CHECK (b > 0));
        CREATE INDEX ON "${long('é', 30)}" ("${long('€', 15)}x"); CREATE INDEX ON "${long('é', 30)}" (b, "${long('€', 15)}x");`,
    }),
  )('%s', async (_, sql) => {
    const client = await pglite()
    await reset(client)
    await client.exec(sql)
    const { constraints, indexes } = inventoryOf(replayed(sql).after)
    const server = await inventoryOfServer(client)
    expect({ constraints, indexes }).toEqual({
      constraints: server.constraints,
      indexes: server.indexes,
    })
  })
})

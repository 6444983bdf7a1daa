import { reversalOf } from '../../../src/dialects/mysql/reversal/reversal.ts'
import { deployed, judged } from './judged.ts'

/** What is there before the deployments that are taken back. */
export const DEPLOYED = [
  `CREATE TABLE users (id int NOT NULL AUTO_INCREMENT, name varchar(40) NOT NULL DEFAULT 'nobody', age int,
    role enum('admin','it''s') NOT NULL DEFAULT 'admin' COMMENT 'what \\\\ they do', bio text, exact decimal(10,2) unsigned DEFAULT 1.5,
    at timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), flag tinyint(1) NOT NULL DEFAULT 0,
    tags json DEFAULT ('[]'), code char(3) CHARACTER SET latin1 COLLATE latin1_bin, PRIMARY KEY (id),
    UNIQUE KEY users_name (name), KEY users_age (age, name(10))) DEFAULT CHARSET=utf8mb4`,
  `CREATE TABLE posts (id bigint unsigned NOT NULL, user int, editor int, PRIMARY KEY (id), KEY posts_editor (editor),
    CONSTRAINT posts_user FOREIGN KEY (user) REFERENCES users (id) ON DELETE CASCADE)`,
  'CREATE TABLE tags (id int NOT NULL AUTO_INCREMENT PRIMARY KEY)',
]

/** Deployments that statements take back to the last word. */
export const REVERSIBLE: readonly (readonly string[])[] = [
  [
    'CREATE TABLE a (id int PRIMARY KEY, u int, CONSTRAINT a_u FOREIGN KEY (u) REFERENCES users (id))',
  ],
  ['CREATE TABLE a (id int PRIMARY KEY)', 'CREATE INDEX a_id ON a (id)'],
  ['RENAME TABLE posts TO articles'],
  ["ALTER TABLE users ADD phone varchar(20) NOT NULL DEFAULT ''"],
  ['ALTER TABLE users ADD `a b` int AFTER id', 'CREATE INDEX ab ON users (`a b`)'],
  ['ALTER TABLE users DROP COLUMN role'],
  ['ALTER TABLE users DROP COLUMN at', 'ALTER TABLE users DROP COLUMN exact'],
  ['ALTER TABLE users DROP COLUMN code'],
  ['ALTER TABLE users RENAME COLUMN name TO `full name`'],
  ['ALTER TABLE users MODIFY COLUMN age bigint unsigned NOT NULL'],
  ["ALTER TABLE users MODIFY COLUMN role enum('admin','it''s','guest')"],
  ['ALTER TABLE users MODIFY COLUMN at datetime'],
  ['ALTER TABLE users MODIFY COLUMN age int FIRST'],
  ['ALTER TABLE users MODIFY COLUMN tags json NOT NULL'],
  [
    'ALTER TABLE users ALTER COLUMN flag SET DEFAULT 1',
    'ALTER TABLE users ALTER COLUMN name DROP DEFAULT',
  ],
  ['ALTER TABLE tags MODIFY COLUMN id int NOT NULL'],
  [
    'ALTER TABLE posts ADD CONSTRAINT posts_by FOREIGN KEY (editor) REFERENCES users (id) ON DELETE SET NULL',
  ],
  ['ALTER TABLE posts DROP FOREIGN KEY posts_user'],
  ['ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17)'],
  ['DROP INDEX users_age ON users'],
  ['ALTER TABLE users DROP INDEX users_name'],
  ['CREATE UNIQUE INDEX users_role ON users (role, age)'],
  ['ALTER TABLE users RENAME INDEX users_age TO by_age'],
  ['CREATE VIEW v AS SELECT name FROM users'],
  ['CREATE TRIGGER t BEFORE INSERT ON posts FOR EACH ROW SET NEW.editor = NEW.user'],
]

/** How a deployment is taken back, last change first. */
export function reversalsOf(sql: readonly string[]) {
  return judged(deployed(DEPLOYED), sql)
    .map(({ change }) => reversalOf(change))
    .reverse()
}

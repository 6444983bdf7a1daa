import { describe, expect, test } from 'vitest'
import { difference } from '../../../../src/catalog/difference.ts'
import { parseSnapshot } from '../../../../src/drizzle/snapshot/parse.ts'
import { engine, replayed } from '../sql/replayed.ts'

const SQL = `
CREATE SCHEMA "app";
CREATE TYPE "app"."Mood" AS ENUM ('ok', 'sad');
CREATE TABLE "app"."users" ("id" bigserial PRIMARY KEY, "mood" "app"."Mood" DEFAULT 'ok' NOT NULL, "tags" varchar(20)[]);
CREATE TABLE "posts" ("id" integer GENERATED ALWAYS AS IDENTITY, "user" bigint, "title" text,
  "slug" text GENERATED ALWAYS AS (lower("title")) STORED,
  CONSTRAINT "posts_id_title_pk" PRIMARY KEY ("id", "title"), CONSTRAINT "posts_slug_unique" UNIQUE ("slug"));
ALTER TABLE "posts" ADD CONSTRAINT "posts_user_fk" FOREIGN KEY ("user") REFERENCES "app"."users" ("id") ON DELETE cascade;
CREATE INDEX "posts_title_idx" ON "posts" (lower("title")) WHERE "user" IS NOT NULL;
`

const foreignKey = {
  name: 'posts_user_fk',
  tableFrom: 'posts',
  tableTo: 'users',
  schemaTo: 'app',
  columnsFrom: ['user'],
  columnsTo: ['id'],
  onDelete: 'cascade',
  onUpdate: 'no action',
}
const nested = {
  id: 'b',
  prevId: 'a',
  version: '7',
  dialect: 'postgresql',
  schemas: { app: 'app' },
  enums: { 'app.Mood': { name: 'Mood', schema: 'app', values: ['ok', 'sad'] } },
  tables: {
    'app.users': {
      name: 'users',
      schema: 'app',
      columns: {
        id: { name: 'id', type: 'bigserial', primaryKey: true, notNull: true },
        mood: {
          name: 'mood',
          type: 'Mood',
          typeSchema: 'app',
          primaryKey: false,
          notNull: true,
          default: "'ok'",
        },
        tags: { name: 'tags', type: 'varchar(20)[]', primaryKey: false, notNull: false },
      },
    },
    'public.posts': {
      name: 'posts',
      schema: '',
      columns: {
        id: {
          name: 'id',
          type: 'integer',
          notNull: true,
          identity: { type: 'always', name: 'posts_id_seq' },
        },
        user: { name: 'user', type: 'bigint', notNull: false },
        title: { name: 'title', type: 'text', notNull: false },
        slug: {
          name: 'slug',
          type: 'text',
          notNull: false,
          generated: { as: 'lower("posts"."title")', type: 'stored' },
        },
      },
      compositePrimaryKeys: {
        posts_id_title_pk: { name: 'posts_id_title_pk', columns: ['id', 'title'] },
      },
      uniqueConstraints: {
        posts_slug_unique: {
          name: 'posts_slug_unique',
          columns: ['slug'],
          nullsNotDistinct: false,
        },
      },
      foreignKeys: { posts_user_fk: foreignKey },
      indexes: {
        posts_title_idx: {
          name: 'posts_title_idx',
          isUnique: false,
          method: 'btree',
          where: '"posts"."user" is not null',
          columns: [{ expression: 'lower("title")', isExpression: true, asc: true, nulls: 'last' }],
        },
      },
    },
  },
}

const of = (schema: string, table: string) => ({ schema, table })
const flat = {
  id: 'b',
  prevIds: ['a'],
  version: '8',
  dialect: 'postgres',
  ddl: [
    { entityType: 'schemas', name: 'app' },
    { entityType: 'enums', schema: 'app', name: 'Mood', values: ['ok', 'sad'] },
    { entityType: 'tables', schema: 'app', name: 'users', isRlsEnabled: false },
    { entityType: 'tables', schema: 'public', name: 'posts', isRlsEnabled: false },
    {
      entityType: 'columns',
      ...of('app', 'users'),
      name: 'id',
      type: 'bigserial',
      notNull: true,
      dimensions: 0,
      default: null,
    },
    {
      entityType: 'columns',
      ...of('app', 'users'),
      name: 'mood',
      type: 'Mood',
      typeSchema: 'app',
      notNull: true,
      dimensions: 0,
      default: "'ok'",
    },
    {
      entityType: 'columns',
      ...of('app', 'users'),
      name: 'tags',
      type: 'varchar(20)',
      notNull: false,
      dimensions: 1,
    },
    {
      entityType: 'columns',
      ...of('public', 'posts'),
      name: 'id',
      type: 'integer',
      notNull: true,
      identity: { type: 'always' },
    },
    { entityType: 'columns', ...of('public', 'posts'), name: 'user', type: 'bigint' },
    { entityType: 'columns', ...of('public', 'posts'), name: 'title', type: 'text' },
    {
      entityType: 'columns',
      ...of('public', 'posts'),
      name: 'slug',
      type: 'text',
      generated: { as: 'lower("title")', type: 'stored' },
    },
    { entityType: 'pks', ...of('app', 'users'), name: 'users_pkey', columns: ['id'] },
    { entityType: 'pks', ...of('public', 'posts'), name: 'posts_pkey', columns: ['id', 'title'] },
    {
      entityType: 'uniques',
      ...of('public', 'posts'),
      name: 'posts_slug_unique',
      columns: ['slug'],
      nullsNotDistinct: false,
    },
    {
      entityType: 'fks',
      ...of('public', 'posts'),
      name: 'posts_user_fk',
      columns: ['user'],
      schemaTo: 'app',
      tableTo: 'users',
      columnsTo: ['id'],
      onDelete: 'CASCADE',
      onUpdate: 'NO ACTION',
    },
    {
      entityType: 'indexes',
      ...of('public', 'posts'),
      name: 'posts_title_idx',
      isUnique: false,
      method: 'btree',
      where: '"user" is not null',
      columns: [{ value: 'lower("title")', isExpression: true }],
    },
  ],
}

function read(json: object) {
  return parseSnapshot(engine.snapshots(), JSON.stringify(json))
}

const actual = replayed(SQL).after

describe('a snapshot is the catalog that the same SQL leads to', () => {
  test.for<[string, object]>([
    ['version 7', nested],
    [
      'version 6, which lists the columns of an index by name',
      {
        ...nested,
        version: '6',
        tables: {
          ...nested.tables,
          'public.posts': { ...nested.tables['public.posts'], indexes: {} },
        },
      },
    ],
    ['version 8, a flat list', flat],
  ])('%s', ([, json]) => {
    const found = read(json)
    const changes = found ? difference(actual, found.catalog) : null
    expect(changes?.map(({ kind }) => kind)).toEqual(
      'version' in json && json.version === '6' ? ['DropIndex'] : [],
    )
    expect(found?.unread.size).toBe(0)
  })

  test('version 5, without schemas in its keys and with labels as an object', () => {
    const found = read({
      version: '5',
      dialect: 'pg',
      schemas: {},
      enums: { mood: { name: 'mood', values: { ok: 'ok', sad: 'sad' } } },
      tables: {
        users: {
          name: 'users',
          schema: '',
          columns: { mood: { name: 'mood', type: 'mood', notNull: false, primaryKey: false } },
          indexes: { i: { name: 'i', columns: ['mood'], isUnique: false } },
        },
      },
    })
    const sql = replayed(
      "CREATE TYPE mood AS ENUM ('ok', 'sad'); CREATE TABLE users (mood mood); CREATE INDEX i ON users (mood);",
    )
    expect(found && difference(sql.after, found.catalog)).toEqual([])
  })
})

describe('what cannot be told is no catalog', () => {
  test.for<[string, string]>([
    [
      'version 9, which only the kit can put together',
      JSON.stringify({ version: '9', dialect: 'postgres', type: 'diff', deltas: [] }),
    ],
    ['another dialect', JSON.stringify({ version: '5', dialect: 'mysql', tables: {} })],
    ['conflict markers', '<<<<<<< ours\n{}'],
    ['no object', '[]'],
  ])('%s', ([, content]) => {
    expect(parseSnapshot(engine.snapshots(), content)).toBeNull()
  })

  test('a type that is none is said to be unread', () => {
    const columns = { a: { name: 'a', type: 'no) type', notNull: false } }
    const found = read({
      version: '7',
      dialect: 'postgresql',
      tables: { 'public.t': { name: 't', schema: '', columns } },
    })
    expect([...(found?.unread ?? [])]).toEqual(['table public\0t column a'])
  })
})

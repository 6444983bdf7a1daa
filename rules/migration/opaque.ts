import { defineRule } from '../../src/lint/rule.ts'

export const opaque = defineRule({
  name: 'opaque',
  meta: {
    dialects: ['postgresql'],
    type: 'suggestion',
    severity: 'warn',
    docs: {
      description: 'SQL is built at run time and cannot be judged',
      why: `What EXECUTE runs is known only when it runs. It may drop, lock or rewrite anything, and the migrations after it are judged without knowing what it did: from then on, no object is reported as missing.`,
      instead: `Write the statements out where you can. Where they depend on data, have somebody read them, and say so above the block: \`-- migration-lint-disable-next-statement opaque -- reviewed: only touches audit tables\`.`,
      category: 'convention',
      examples: {
        bad: [
          {
            name: 'EXECUTE of a computed string',
            schema: `CREATE TABLE events (id int PRIMARY KEY);`,
            sql: `DO $$ BEGIN EXECUTE 'CREATE TABLE events_' || to_char(now(), 'YYYY') || ' ()'; END $$;`,
          },
        ],
        good: [
          {
            name: 'EXECUTE of a constant is read',
            schema: `CREATE TABLE users (id int PRIMARY KEY);`,
            sql: `DO $$ BEGIN EXECUTE 'ALTER TABLE users ADD COLUMN bio text'; END $$;`,
          },
        ],
      },
    },
    messages: {
      opaque: {
        message: 'Not judged: {{reason}}.',
        help: 'Write it out, or read it yourself and say so in a suppression above the statement.',
      },
    },
  },
  create(context) {
    return {
      OpaqueSql(change) {
        context.report({
          on: change,
          messageId: 'opaque',
          object: change.origin.migration,
          data: { reason: change.reason },
        })
      },
    }
  },
})

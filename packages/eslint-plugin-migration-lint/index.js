export { default, default as 'module.exports' } from 'migration-lint/eslint'

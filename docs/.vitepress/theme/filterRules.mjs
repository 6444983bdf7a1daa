/* global document, Option -- it runs in the browser */
/** Puts a choice of category and of database above the table of rules, made of what its cells say. */
export function filterRules() {
  const table = document.querySelector('.vp-doc table')
  if (!table || document.querySelector('.rule-filters')) return
  const titles = [...table.querySelectorAll('thead th')].map((cell) => cell.textContent)
  const rows = [...table.querySelectorAll('tbody tr')]
  const form = document.createElement('form')
  form.className = 'rule-filters'
  const choices = ['Category', 'Database'].map((title) => {
    const column = titles.indexOf(title)
    const valuesOf = (row) => row.children[column].textContent.split(', ')
    const values = [...new Set(rows.flatMap(valuesOf))].filter((value) => value !== 'all').sort()
    const select = document.createElement('select')
    select.append(new Option('all', ''), ...values.map((value) => new Option(value, value)))
    const label = document.createElement('label')
    label.append(`${title} `, select)
    form.append(label)
    return (row) =>
      select.value === '' ||
      valuesOf(row).some((value) => value === select.value || value === 'all')
  })
  form.addEventListener('change', () => {
    for (const row of rows) row.hidden = !choices.every((fits) => fits(row))
  })
  table.before(form)
}

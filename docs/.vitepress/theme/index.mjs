/* global document -- it runs in the browser */
import DefaultTheme from 'vitepress/theme'
import { filterRules } from './filterRules.mjs'
import './filterRules.css'

export default {
  extends: DefaultTheme,
  enhanceApp({ router }) {
    if (typeof document === 'undefined') return
    const onPage = (to) => to.replace(/\/$/, '').endsWith('/rules') && setTimeout(filterRules)
    const { onAfterRouteChange } = router
    router.onAfterRouteChange = (to) => {
      onAfterRouteChange?.(to)
      onPage(to.split(/[?#]/)[0])
    }
  },
}

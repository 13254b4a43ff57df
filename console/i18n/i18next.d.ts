import 'i18next'
import type common from './en/common.json'
import type events from './en/events.json'
import type exchange from './en/exchange.json'
import type form from './en/form.json'
import type history from './en/history.json'
import type inspector from './en/inspector.json'
import type overview from './en/overview.json'
import type pipelines from './en/pipelines.json'
import type problems from './en/problems.json'
import type settings from './en/settings.json'
import type sources from './en/sources.json'
import type start from './en/start.json'
import type webhooks from './en/webhooks.json'
import type welcome from './en/welcome.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      common: typeof common
      events: typeof events
      exchange: typeof exchange
      form: typeof form
      history: typeof history
      inspector: typeof inspector
      overview: typeof overview
      pipelines: typeof pipelines
      problems: typeof problems
      settings: typeof settings
      sources: typeof sources
      start: typeof start
      webhooks: typeof webhooks
      welcome: typeof welcome
    }
  }
}

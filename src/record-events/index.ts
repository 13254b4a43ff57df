/**
 * From a fact to promises: which webhooks an event concerns, why each fires or does not, and writing the event, those
 * decisions and one delivery per firing webhook in one transaction. Used by ingest and by the server's own events.
 */
export {
  indexNames,
  makeAccountConfigs,
  type AccountConfig,
  type AccountConfigs,
  type AccountNames,
} from './account-config.ts'
export { loops } from './decide.ts'
export { hasLimits, lockFirings } from './firing-limits.ts'
export { makeRateGuard, type RateGuard } from './rate-guard.ts'
export {
  recordEvents,
  whenOpen,
  type EventToRecord,
  type FreshDelivery,
  type Handoff,
} from './record-events.ts'

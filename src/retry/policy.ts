import type { JsonObject, OptionDescription, Text } from '../model/index.ts'

/** When to try again. Pure: the random number is a parameter. */
export interface RetryPolicy {
  name: string
  title: Text
  description: Text
  options: OptionDescription[]
  /**
   * The wait in ms before the next attempt, or null when there is none.
   * `attempts` counts the judged attempts so far (1 after the first); `random` is in [0, 1).
   */
  next(input: { attempts: number; options: JsonObject; random: number }): number | null
  /** The nominal waits in seconds, for people: what a delivery that keeps failing goes through. */
  waitsS(options: JsonObject): number[]
  examples: { attempts: number; options: JsonObject; random: number; next: number | null }[]
}

export function defineRetryPolicy(policy: RetryPolicy): RetryPolicy {
  return policy
}

/** The time in ms since the epoch; tests bring their own. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()

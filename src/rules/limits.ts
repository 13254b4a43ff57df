/** How deep groups may stand in groups; the outermost is the first. */
export const conditionsDepthMax = 8

/** How many rows the conditions of one webhook may have; as many groups at most. */
export const conditionRowsMax = 200

/** How many values a row of `in`, `notIn`, `hasAny`… may list. */
export const conditionValuesMax = 200

/** How many hours, days, weeks or months a span of time may have. */
export const timeSpanAmountMax = 10_000

/** How many characters a text in a condition may have. */
export const conditionTextMax = 1000

/** How many characters of a value a decision keeps: an event with many webhooks is stored with all their traces. */
export const seenCharactersMax = 200

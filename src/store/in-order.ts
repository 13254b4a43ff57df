/**
 * Lanes in order: of one webhook and record only the unsettled delivery with the lowest sequence may be sent. Those behind
 * it are due, too, perhaps by the thousand while a receiver fails, and a claim would wade through them every time. So a
 * claim puts those that it finds aside, and what settles the first of a line brings the next one forward. See
 * docs/decisions/0008.
 */

/** How many due deliveries of lanes in order one claim looks at. */
export const lookMax = 1000

/** After this, what was put aside is looked at again, whatever became of the one before it. */
export const asideMs = 300_000

/** Lets whoever has its address read the handout of one webhook. Of the address only the token's SHA-256 is kept. */
export interface ShareLink {
  id: string
  account_id: string
  webhook_id: string
  /** For whom it was made. */
  name: string
  created_at: number
  /** To the minute; null where nobody has opened it. */
  last_used_at: number | null
}

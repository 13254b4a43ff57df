/** What an inspector answers to whoever calls it. */
export interface InspectorAnswer {
  status: number
  delay_ms: number
  headers: { name: string; value: string }[]
  body: string
}

/** A test address that shows what it receives. */
export interface Inspector {
  id: string
  account_id: string
  /** The secret part of its address, `/i/<token>`. */
  token: string
  name: string
  answer: InspectorAnswer
  created_at: number
}

export interface InspectorRequest {
  id: string
  inspector_id: string
  at: number
  method: string
  url: string
  query: string
  headers: [name: string, value: string][]
  body: Uint8Array
}

/** Longer names are no slips of the pen, and comparing them would cost time for nothing. */
const nameLengthMax = 100

/**
 * How many letters of candidates a name is compared with. An account may have thousands of names, and whoever sends thousands
 * of wrong ones at once must not keep everybody waiting for hints.
 */
const lettersMax = 5000

/**
 * The candidate that somebody probably meant by `name`, for "did you mean …": the one with the fewest letters typed wrong,
 * left out, added or swapped, at most a third of the name; null where none is near. Upper and lower case are the same. Of
 * very many candidates only the first ones are looked at.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  if (name.length === 0 || name.length > nameLengthMax) return null
  const wanted = name.toLowerCase()
  let nearest: string | null = null
  let least = Math.max(1, Math.floor(name.length / 3)) + 1
  let letters = 0
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue
    letters += candidate.length
    if (letters > lettersMax) break
    const distance = slips(wanted, candidate.toLowerCase(), least)
    // As many slips as there are letters make any word of any other.
    if (distance < least && distance < Math.max(name.length, candidate.length)) {
      nearest = candidate
      least = distance
    }
  }
  return nearest
}

/** How many single-letter edits, or swaps of neighbours, lead from one text to the other; counted up to `enough`. */
function slips(from: string, to: string, enough: number): number {
  let leastOfLast = 0
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const line = [row]
    let leastOfLine = row
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      let best = Math.min(last[column]! + 1, line[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1))
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (swapped) best = Math.min(best, beforeLast[column - 2]! + 1)
      line.push(best)
      if (best < leastOfLine) leastOfLine = best
    }
    // A swap looks back two lines.
    if (leastOfLast >= enough && leastOfLine >= enough) return enough
    leastOfLast = leastOfLine
    beforeLast = last
    last = line
  }
  return last[to.length]!
}

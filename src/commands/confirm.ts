/** Asks a question at the terminal; leaving it (Ctrl-C) means no. */
export async function confirm(question: string): Promise<boolean> {
  const prompts = await import('@clack/prompts')
  const answer = await prompts.confirm({ message: question })
  return answer === true
}

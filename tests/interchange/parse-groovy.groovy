// Parses files with Groovy's own parser and runs none of them; a line for each that it refuses, and counts.
// SPDX-License-Identifier: GPL-3.0-or-later
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.Phases

def refused = 0
def files = new File(args[0]).readLines()
files.each { name ->
  def unit = new CompilationUnit()
  unit.addSource(name, new File(name).getText('UTF-8'))
  try {
    unit.compile(Phases.CONVERSION)
  } catch (Exception problem) {
    refused++
    println "$name: $problem.message"
  }
}
println "${files.size() - refused} of ${files.size()} parse"
System.exit(refused == 0 ? 0 : 1)

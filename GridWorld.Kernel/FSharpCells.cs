using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace GridWorld;

/// <summary>
/// Adds the library to F# cells, whichever language loaded the package. Without it, a value that is shared with an F# cell is lost without
/// an error.
/// </summary>
internal static class FSharpCells
{
    /// <summary>Defers the reference to the first F# cell, so that F# does not start before it is needed.</summary>
    public static void Prepare(Kernel kernel) =>
        kernel.DeferCommand(new SubmitCode(string.Join('\n', Library.Assemblies().Select(file => $"#r @\"{file}\"")), kernel.Name));
}

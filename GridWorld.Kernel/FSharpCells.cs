using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace GridWorld;

/// <summary>
/// Cells in F# know the library, wherever the package was named. Without it, a value that is shared with them gets lost without an error.
/// </summary>
internal static class FSharpCells
{
    /// <summary>Before the first of them runs; until then F# is not even started.</summary>
    public static void Prepare(Kernel kernel) =>
        kernel.DeferCommand(new SubmitCode(string.Join('\n', Library.Assemblies().Select(file => $"#r @\"{file}\"")), kernel.Name));
}

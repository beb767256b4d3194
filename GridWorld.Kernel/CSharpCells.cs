using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.CSharp;

namespace GridWorld;

/// <summary>
/// Prepares all later C# cells: adds the library (even if a cell in another language loaded the package), its namespaces, and optimization.
/// Without optimization, every step of a learner written in a cell is a real call, and the learner trains at a sixth of the speed.
/// </summary>
internal static class CSharpCells
{
    // The kernel has no public API for its options.
    static readonly FieldInfo? Field = typeof(CSharpKernel).GetField("_scriptOptions", BindingFlags.NonPublic | BindingFlags.Instance);

    public static void Prepare(CSharpKernel kernel)
    {
        if (OptionsOf(kernel) is not { } options)
            return;
        if (!options.MetadataReferences.Any(reference => Path.GetFileName(reference.Display) == "GridWorld.Interactive.dll"))
            kernel.AddAssemblyReferences(Library.Assemblies());
        options = OptionsOf(kernel)!.AddImports("GridWorld", "Microsoft.Data.Analysis");
        Field!.SetValue(kernel, options.WithOptimizationLevel(OptimizationLevel.Release));
    }

    static ScriptOptions? OptionsOf(CSharpKernel kernel) => Field?.GetValue(kernel) as ScriptOptions;
}

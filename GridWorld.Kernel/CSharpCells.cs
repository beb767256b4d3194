using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.CSharp;

namespace GridWorld;

/// <summary>
/// What cells in C# are compiled with from here on: the library, in whatever language the package was named, its namespaces, and
/// optimization, without which every step of a learner written in a cell is a real call, at a sixth of the speed.
/// </summary>
internal static class CSharpCells
{
    // The kernel offers no other way to its options.
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

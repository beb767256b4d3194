using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace GridWorld;

/// <summary>
/// Runs C# cells one after the other as the notebook kernel does: script submissions that see each other's variables,
/// <c>#r "nuget:…"</c> resolved from the packed packages, a package's extension.dib run once when it is first named.
/// </summary>
internal sealed partial class NotebookKernel : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly List<string> _asked = [];
    private readonly dynamic _root = Make("CompositeKernel");
    private readonly dynamic _csharp = Make("CSharp.CSharpKernel");
    private ScriptState? _state;

    public NotebookKernel()
    {
        _root.Add(_csharp);
        Options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithReferences(KernelAssembly.References)
            .WithImports("System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq");
        _loader.RegisterDependency(KernelAssembly.Loaded);
        _csharp.DeferCommand(Make("Commands.SubmitCode", "using static Microsoft.DotNet.Interactive.Kernel;", null));
    }

    // What the next cell is compiled with; kept where the kernel keeps it.
    private ScriptOptions Options
    {
        get => (ScriptOptions)_csharp.Options;
        set => _csharp.Options = value;
    }

    public Task<CellOutput> RunAsync(string cell) => RunAsync((output, cancellationToken) => RunCellAsync(cell, output, cancellationToken));

    /// <summary>Runs the text of an extension.dib, as naming its package does.</summary>
    public Task<CellOutput> RunExtensionAsync(string dib) => RunAsync((_, cancellationToken) => SubmitExtensionAsync(dib, cancellationToken));

    private async Task<CellOutput> RunAsync(Func<CellOutput, CancellationToken, Task> work)
    {
        var output = new CellOutput();
        using var cancellation = new CancellationTokenSource(s_patience);
        var console = Console.Out;
        Console.SetOut(output.Console);
        try
        {
            // A method of its own, so that the kernel's context ends with it.
            await RunInContextAsync(work, output, cancellation.Token).WaitAsync(s_patience * 1.2);
        }
        catch (CompilationErrorException e)
        {
            output.Error = string.Join('\n', e.Diagnostics);
        }
        catch (Exception e)
        {
            output.Error = e.ToString();
        }
        finally
        {
            Console.SetOut(console);
        }
        return output;
    }

    /// <summary>Ends as the kernel does when a notebook is closed: what was registered for disposal is disposed.</summary>
    public void Dispose()
    {
        _root.Dispose();
        _loader.Dispose();
    }

    private async Task RunInContextAsync(Func<CellOutput, CancellationToken, Task> work, CellOutput output, CancellationToken cancellationToken)
    {
        var context = Make("KernelInvocationContext", (object)_csharp, cancellationToken, new Action<string, object>(output.Show));
        KernelAssembly.Loaded.GetType("Microsoft.DotNet.Interactive.KernelInvocationContext")!.GetMethod("Enter")!.Invoke(null, [context]);
        await work(output, cancellationToken);
    }

    private async Task RunCellAsync(string cell, CellOutput output, CancellationToken cancellationToken)
    {
        while (_csharp.Deferred.Count > 0) await SubmitAsync((string)_csharp.Deferred.Dequeue().Code, cancellationToken);
        output.Value = await SubmitWithPackagesAsync(cell, cancellationToken);
    }

    private async Task<object?> SubmitWithPackagesAsync(string code, CancellationToken cancellationToken)
    {
        foreach (Match line in PackageLine().Matches(code)) await AddPackageAsync(line, cancellationToken);
        return await SubmitAsync(PackageLine().Replace(code, ""), cancellationToken);
    }

    private async Task AddPackageAsync(Match line, CancellationToken cancellationToken)
    {
        var (id, version) = (line.Groups["id"].Value, line.Groups["version"].Value);
        if (_asked.Find(asked => asked.StartsWith($"{id}@", StringComparison.OrdinalIgnoreCase)) is { } before)
        {
            // In the kernel's own words: an assembly can't be unloaded.
            if (version is not "" && before != $"{id}@" && before != $"{id}@{version}" && version != PackedVersion.Current)
                throw new InvalidOperationException($"{id} version {version} cannot be added because version {before.Split('@')[1]} was added previously.");
            return;
        }

        _asked.Add($"{id}@{version}");
        var restored = await RestoredPackages.GetAsync(_asked, cancellationToken);
        foreach (var assembly in restored.Load()) _loader.RegisterDependency(assembly);
        Options = Options.WithReferences(KernelAssembly.References.Concat(restored.Assemblies.Select(file => MetadataReference.CreateFromFile(file))));
        var extension = Path.Combine(restored.FolderOf(id), "interactive-extensions", "dotnet", "extension.dib");
        if (File.Exists(extension)) await SubmitExtensionAsync(await File.ReadAllTextAsync(extension, cancellationToken), cancellationToken);
    }

    private async Task SubmitExtensionAsync(string dib, CancellationToken cancellationToken)
    {
        foreach (var block in DibBlocks(dib)) await SubmitWithPackagesAsync(block, cancellationToken);
    }

    private async Task<object?> SubmitAsync(string code, CancellationToken cancellationToken)
    {
        _state = _state is null
            ? await CSharpScript.Create(code, Options, assemblyLoader: _loader).RunAsync(cancellationToken: cancellationToken)
            : await _state.ContinueWithAsync(code, Options, cancellationToken);
        return _state.ReturnValue;
    }

    private static IEnumerable<string> DibBlocks(string dib)
    {
        var parts = LanguageLine().Split(dib);
        Assert.True(string.IsNullOrWhiteSpace(parts[0]), "extension.dib must begin with #!csharp.");
        for (var i = 1; i < parts.Length; i += 2)
        {
            Assert.True(parts[i] is "csharp" or "c#", $"extension.dib holds a block in '{parts[i]}'; it may hold C# only.");
            yield return parts[i + 1];
        }
    }

    private static dynamic Make(string type, params object?[] arguments) =>
        Activator.CreateInstance(KernelAssembly.Loaded.GetType($"Microsoft.DotNet.Interactive.{type}", throwOnError: true)!, arguments)!;

    [GeneratedRegex("""^[ \t]*#r[ \t]+"nuget:[ \t]*(?<id>[^",\s]+)[ \t]*(,[ \t]*(?<version>[^"\s]+)[ \t]*)?"[ \t]*\r?$""", RegexOptions.Multiline)]
    private static partial Regex PackageLine();

    [GeneratedRegex(@"^#!(\S+)[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex LanguageLine();
}

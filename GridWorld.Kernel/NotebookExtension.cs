using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace GridWorld;

/// <summary>The kernel extension. The kernel loads it once, when a cell of any language first loads the package.</summary>
public sealed class NotebookExtension : IKernelExtension
{
    /// <summary>Registers cell settings, formatters, magic commands and the kernel's functions.</summary>
    public Task OnLoadAsync(Kernel kernel)
    {
        foreach (var cells in kernel.FindKernels(child => child is CSharpKernel).Cast<CSharpKernel>())
            CSharpCells.Prepare(cells);
        if (kernel.FindKernelByName("fsharp") is { } fsharp)
            FSharpCells.Prepare(fsharp);
        JsonFormatters.Register();
        MagicCommand.AddTo(kernel);
        KernelExtension.Load(new()
        {
            RegisterForDisposal = kernel.RegisterForDisposal,
            Display = Display,
            Cancellation = () => KernelInvocationContext.Current?.CancellationToken ?? default,
        });
        // The DataFrame package has its own formatter, in an extension that can load after this one.
        kernel.RegisterForDisposal(kernel.KernelEvents.Subscribe(said =>
        {
            if (said is KernelExtensionLoaded)
                KernelExtension.Load();
        }));
        return Task.CompletedTask;
    }

    static Action<object>? Display(object value)
    {
        if (KernelInvocationContext.Current is not { } context)
            return null;
        var shown = KernelInvocationContextExtensions.Display(context, value);
        return shown.Update;
    }
}

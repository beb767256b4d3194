using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace GridWorld;

/// <summary>What a kernel calls once, when the package is first named in a cell of any language.</summary>
public sealed class NotebookExtension : IKernelExtension
{
    /// <summary>Makes the library at home in the kernel.</summary>
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
        // The package of the tables brings a formatter of its own, in an extension that may be loaded after this one.
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

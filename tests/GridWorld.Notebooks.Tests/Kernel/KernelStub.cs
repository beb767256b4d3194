// The few kernel types an extension.dib or a cell may name, with the kernel's own signatures. Compiled by KernelAssembly
// into an assembly called Microsoft.DotNet.Interactive, because the real one is not published with the kernel's sources.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Commands;

namespace Microsoft.DotNet.Interactive
{
    public abstract class Kernel : IDisposable
    {
        private readonly Stack<IDisposable> _disposables = new();

        protected Kernel(string name) => Name = name;

        public static Kernel Current => KernelInvocationContext.Current?.HandlingKernel;
        public static Kernel Root => KernelInvocationContext.Current?.HandlingKernel?.RootKernel;
        public string Name { get; }
        public Kernel RootKernel { get; internal set; }
        public Queue<KernelCommand> Deferred { get; } = new();

        public static DisplayedValue display(object value, params string[] mimeTypes) => KernelInvocationContext.Current.Display(value, mimeTypes);
        public static IHtmlContent HTML(string content) => new HtmlString(content);
        public void DeferCommand(KernelCommand command) => Deferred.Enqueue(command);
        public void RegisterForDisposal(Action dispose) => RegisterForDisposal(new Callback(dispose));
        public void RegisterForDisposal(IDisposable disposable) => _disposables.Push(disposable ?? throw new ArgumentNullException(nameof(disposable)));

        public void Dispose()
        {
            while (_disposables.TryPop(out var disposable)) disposable.Dispose();
        }

        private sealed class Callback(Action action) : IDisposable
        {
            public void Dispose() => action();
        }
    }

    public sealed class CompositeKernel : Kernel
    {
        public CompositeKernel() : base(".NET") => RootKernel = this;
        public IReadOnlyList<Kernel> ChildKernels { get; private set; } = [];

        public void Add(Kernel kernel)
        {
            kernel.RootKernel = this;
            ChildKernels = [.. ChildKernels, kernel];
            RegisterForDisposal(kernel);
        }
    }

    public static class KernelExtensions
    {
        public static Kernel FindKernelByName(this Kernel kernel, string name) =>
            ((CompositeKernel)kernel.RootKernel).ChildKernels.FirstOrDefault(child => child.Name == name);

        public static IEnumerable<Kernel> FindKernels(this Kernel kernel, Func<Kernel, bool> predicate) =>
            ((CompositeKernel)kernel.RootKernel).ChildKernels.Where(predicate);
    }

    public sealed class KernelInvocationContext
    {
        private static readonly AsyncLocal<KernelInvocationContext> s_current = new();
        private readonly Action<string, object> _show;

        public KernelInvocationContext(Kernel kernel, CancellationToken cancellationToken, Action<string, object> show)
        {
            HandlingKernel = kernel;
            CancellationToken = cancellationToken;
            _show = show;
        }

        public static KernelInvocationContext Current => s_current.Value;
        public Kernel HandlingKernel { get; }
        public CancellationToken CancellationToken { get; }

        public static void Enter(KernelInvocationContext context) => s_current.Value = context;
        internal void Show(string id, object value) => _show(id, value);
    }

    public static class KernelInvocationContextExtensions
    {
        public static DisplayedValue Display(this KernelInvocationContext context, object value, params string[] mimeTypes)
        {
            var displayed = new DisplayedValue(context);
            displayed.Update(value);
            return displayed;
        }
    }

    public sealed class DisplayedValue
    {
        private static int s_count;
        private readonly KernelInvocationContext _context;

        internal DisplayedValue(KernelInvocationContext context) => _context = context;

        public string DisplayId { get; } = $"display-{Interlocked.Increment(ref s_count)}";
        public void Update(object value) => _context.Show(DisplayId, value);
    }
}

namespace Microsoft.DotNet.Interactive.Commands
{
    public abstract class KernelCommand;

    public sealed class SubmitCode : KernelCommand
    {
        public SubmitCode(string code, string targetKernelName = null)
        {
            Code = code;
            TargetKernelName = targetKernelName;
        }

        public string Code { get; }
        public string TargetKernelName { get; }
    }
}

namespace Microsoft.DotNet.Interactive.CSharp
{
    public sealed class CSharpKernel : Kernel
    {
        private object _scriptOptions;

        public CSharpKernel() : base("csharp")
        {
        }

        // Not the kernel's: there, only the field is, and it is what the next cell is compiled with.
        public object Options
        {
            get => _scriptOptions;
            set => _scriptOptions = value;
        }
    }
}

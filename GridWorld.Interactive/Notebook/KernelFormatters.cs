using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld;

/// <summary>
/// Registers formatters for types of other libraries, and for types that must not depend on notebooks. Only a kernel has the formatting
/// library, so only <see cref="KernelExtension.Load"/> may call this.
/// </summary>
internal static class KernelFormatters
{
    static bool hasRecords;

    public static void Register()
    {
        // No one else registers formatters for these types.
        if (!hasRecords)
            RegisterRecords();
        hasRecords = true;
        Register<Run>(RunOutput.Write);
        Register<RunView>(RunOutput.Write);
        Register<World>((world, mimeType, writer) => WorldOutput.Of(world).Write(mimeType, writer));
        Register<Plan>((plan, mimeType, writer) => PlanOutput.Of(plan).Write(mimeType, writer));
        Register<EvaluationResult>((result, mimeType, writer) => FactOutput.Of(result).Write(mimeType, writer));
        Register<ExactSolution>((solution, mimeType, writer) => FactOutput.Of(solution).Write(mimeType, writer));
        Register<StateExplanation>((why, mimeType, writer) => WhyOutput.Of(why).Write(mimeType, writer));
        Register<RunComparison>((comparison, mimeType, writer) => ComparisonOutput.Of(comparison).Write(mimeType, writer));
        Register<RunChart>((chart, mimeType, writer) => ((ICellOutput)chart).Output().Write(mimeType, writer));
        Register<DataFrame>((frame, mimeType, writer) => FrameOutput.Of(frame).Write(mimeType, writer));
        Register<EnsembleView>(EnsembleOutput.Write);
        Register<Ensemble>(EnsembleOutput.Write);
        Register<SweepView>(SweepOutput.Write);
        Register<SweepRun>(SweepOutput.Write);
        Register<ScoreComparison>((comparison, mimeType, writer) => FactOutput.Of(comparison).Write(mimeType, writer));
        Register<IEnumerable<EpisodeTrace>>((traces, mimeType, writer) =>
            RecordOutput.OfMany(traces.SelectMany(trace => trace.Steps), typeof(EpisodeStep)).Write(mimeType, writer));
    }

    /// <summary>
    /// Registers every type that can be a cell's value, and every sequence of it. The host's default output is a tree of properties.
    /// </summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = InKernel)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = InKernel)]
    static void RegisterRecords()
    {
        Type[] types = [.. typeof(Run).Assembly.GetExportedTypes(), .. typeof(KernelFormatters).Assembly.GetExportedTypes()];
        foreach (var type in types.Where(IsShown))
        {
            Register(type, (value, mimeType, writer) => RecordOutput.Of(value).Write(mimeType, writer));
            Register(typeof(IEnumerable<>).MakeGenericType(type), (items, mimeType, writer) =>
                RecordOutput.OfMany((IEnumerable)items, type).Write(mimeType, writer));
        }
    }

    const string InKernel = "Kernels are neither trimmed nor published ahead of time.";

    static bool IsShown(Type type) =>
        !(type is { IsAbstract: true, IsSealed: true } || type.IsEnum || type.IsByRefLike || type.IsAssignableTo(typeof(Exception)));

    static void Register<T>(Action<T, string, TextWriter> write) =>
        Register(typeof(T), (value, mimeType, writer) => write((T)value, mimeType, writer));

    static void Register(Type type, Action<object, string, TextWriter> write)
    {
        foreach (string mimeType in CellOutput.Kinds)
            Formatter.Register(type, (value, writer) => write(value, mimeType, writer), mimeType);
        Formatter.SetPreferredMimeTypesFor(type, CellOutput.Given);
    }
}

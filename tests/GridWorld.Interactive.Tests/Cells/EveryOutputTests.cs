using System.Collections;
using System.Reflection;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace GridWorld.Tests;

/// <summary>Whatever of the library a cell ends with has an output of its own, not the host's tree of properties.</summary>
public sealed class EveryOutputTests
{
    static readonly Assembly[] Library = [typeof(Run).Assembly, typeof(KernelExtension).Assembly];

    public EveryOutputTests() => KernelExtension.Load();

    [Fact]
    public void Everything_that_a_public_member_gives_has_html_and_text_of_ours()
    {
        var given = Library.SelectMany(a => a.GetExportedTypes()).Where(t => !t.IsEnum && !t.IsAssignableTo(typeof(Exception)))
            .SelectMany(type =>
            type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => m.ReturnType)
                .Append(type)).Select(Given).Where(type => !type.ContainsGenericParameters && IsOurs(type)).Distinct().ToList();

        Assert.InRange(given.Count, 60, 400);
        Assert.All(given, type =>
        {
            var kinds = Formatter.GetPreferredMimeTypesFor(type).ToList();
            Assert.True(kinds is ["text/html", .., "text/plain"], $"{type} is shown as {string.Join(", ", kinds)}.");
        });
    }

    [Fact]
    public async Task Output_of_every_value_within_reach_is_no_tree_and_is_small()
    {
        var run = Trained.In(Worlds.CliffWalking(), name: "<b>bold");
        run.SaveCheckpoint("kept");
        var changed = run.Fork(at: 100, epsilon: Schedule.Linear(0.5, 0.1, 100));
        await changed.Completion.WaitAsync(TestContext.Current.CancellationToken);
        object[] roots =
        [
            LearnerCatalog.All, LearnerCatalog.All.Select(l => l.Create()).ToArray(), Worlds.Catalog, run.MetricBuckets(1, 200, 10),
                run.EpisodeRecords(), run.ActionValues(), run.ReplayEpisode(3, TestContext.Current.CancellationToken),
            run.Status(), run.Diagnostics(), changed.EventLog, run.EventLog[0], run.CheckpointList,
                run.AgentAt(5, TestContext.Current.CancellationToken), run.Specification, run.World.Rules, RunOptions.InMemory,
            Ensemble.Start(run.Specification, 3, EnsembleOptions.InMemory), run.World.Compile(), new[] { run, changed },
            Runs.Compare(run, changed).Runs, run.Traces,
                new[] { run.World }, run.Plan(), run.Evaluate(5), run.Replay(), changed,
            new List<CheckpointInfo>(), Worlds.WindyStochastic().Rules, Worlds.FrozenLake4x4(), run.SolveExactly()!, run.QTable(),
                run.Why(36, TestContext.Current.CancellationToken), new RunEvent[] { null! },
        ];

        Assert.Contains("dni-treeview", new { A = new { B = 1 } }.ToDisplayString("text/html")); // what a tree looks like
        Assert.All(Within(roots), value =>
        {
            string html = value.ToDisplayString("text/html"), text = value.ToDisplayString("text/plain");
            Assert.False(html.Contains("dni-treeview", StringComparison.Ordinal),
                $"{value.GetType()} is a tree: {html[..Math.Min(html.Length, 300)]}");
            Assert.DoesNotContain("<b>bold", html);
            Assert.DoesNotContain("System.", text);
            Assert.DoesNotContain("GridWorld.", text);
            Assert.InRange(html.Length, 1, 100_000);
            Assert.InRange(text.Length, 1, 10_000);
        });
    }

    [Fact]
    public void List_of_records_is_a_table_with_a_row_each_and_long_ones_are_folded()
    {
        var run = Trained.In(Worlds.CliffWalking(), episodes: 12_000);

        string catalog = LearnerCatalog.All.ToDisplayString("text/html"), episodes = run.EpisodeRecords().ToDisplayString("text/plain");

        Assert.All(LearnerCatalog.All, learner => Assert.Contains($">{learner.Name}<", catalog));
        Assert.DoesNotContain("System.Func", catalog);
        Assert.StartsWith("Episode  ", episodes.TrimStart());
        Assert.EndsWith("10,000 rows × 11 columns\nOnly the first 10,000 rows are shown.", episodes);
    }

    [Fact]
    public void Single_record_is_a_list_of_facts()
    {
        string html = RunOptions.InMemory.ToDisplayString("text/html"), text = new Sarsa { Epsilon = 0.25 }.ToDisplayString("text/plain");

        Assert.Contains("CheckpointEvery", html);
        Assert.DoesNotContain("TimeProvider", html);
        Assert.Contains("Name: sarsa", text);
        Assert.Contains("Epsilon: 0.25", text);
    }

    static IEnumerable<object> Within(IEnumerable<object> roots)
    {
        var met = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Queue<(object Value, int Depth)>(roots.Select(root => (root, 0)));
        while (open.TryDequeue(out var next))
        {
            if (next.Value is null || !met.Add(next.Value))
                continue;
            yield return next.Value;
            if (next.Depth == 3)
                continue;
            IEnumerable<object?> parts = next.Value is IEnumerable items and not (string or DataFrame) ? items.Cast<object?>().Take(3)
                : next.Value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && IsOurs(Given(p.PropertyType)))
                .Select(p => p.GetValue(next.Value));
            foreach (var part in parts)
            {
                if (part is not null && (IsOurs(Given(part.GetType())) || part is IEnumerable and not string))
                    open.Enqueue((part, next.Depth + 1));
            }
        }
    }

    static Type Given(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? inner : type;

    // Ours, or a sequence of ours.
    static bool IsOurs(Type type) =>
        Library.Contains(type.Assembly)
        ? !type.IsEnum && !type.IsByRefLike && !type.IsAssignableTo(typeof(Exception)) && !(type.IsAbstract && type.IsSealed)
        : type.GetInterfaces().Append(type)
        .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>)
        && Given(i.GenericTypeArguments[0]) is { IsEnum: false } element && Library.Contains(element.Assembly));
}

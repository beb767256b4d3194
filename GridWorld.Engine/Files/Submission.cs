namespace GridWorld;

/// <summary>A submitted run file, checked.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="RunId">The id in the file; null if it cannot be read.</param>
/// <param name="Faults">What is damaged, not reproduced or not as asked; empty if all is good.</param>
/// <param name="Points">
/// Exact value of the greedy policy between that of the random policy (0) and the optimum (1), in [0, 1]; 0 for a file that is not good.
/// </param>
internal sealed record Submission(string File, string? RunId, IReadOnlyList<string> Faults, double Points)
{
    const string Unnamed = "submission";

    /// <summary>
    /// Checks a run file of any name: every byte, everything in it against a rerun, and the run against the assignment.
    /// </summary>
    /// <exception cref="OperationCanceledException">The check was canceled.</exception>
    public static Submission Check(string file, Assignment assignment, bool rerun, IProgress<VerifyProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (!System.IO.File.Exists(file))
            return new(file, null, [$"There is no file {Printable.Text(file)}."], 0);
        string? id = null;
        var folder = Directory.CreateTempSubdirectory("gridworld-submission-");
        try
        {
            id = Adopt(file, folder.FullName);
            var faults = StoreFolder.Verify(id, folder.FullName, rerun, progress, cancellationToken);
            if (faults.Count > 0)
                return Bad(faults);
            var run = Run.Open(id, folder.FullName);
            var status = RunMoment.Of(run).Status;
            return new(file, id, [.. assignment.FaultsOf(run, status)], PointsOf(run, status));
        }
        catch (InputException e)
        {
            return Bad(e.Errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Bad([$"{Printable.Text(file)} cannot be read: {StoreFault.Reason(e)}"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        // A message names the file that was given, not its copy.
        Submission Bad(IReadOnlyList<string> faults)
        {
            string copy = Path.Combine(folder.FullName, (id ?? Unnamed) + RunFiles.Extension);
            return new(file, id, [.. faults.Select(fault => fault.Replace(copy, Printable.Text(file)))], 0);
        }
    }

    // A copy under the name that belongs to its id, because mail programs and learning platforms rename files.
    static string Adopt(string file, string folder)
    {
        string copy = Path.Combine(folder, Unnamed + RunFiles.Extension);
        foreach (var (from, to) in RunFiles.WithLogs(file).Zip(RunFiles.WithLogs(copy)).Where(f => System.IO.File.Exists(f.First)))
            System.IO.File.Copy(from, to);
        string id = StoreFault.Explain(copy, () =>
        {
            using var connection = StoreFile.Read(copy);
            return RunHeader.Read(connection).Id;
        });
        foreach (var (from, to) in RunFiles.WithLogs(copy).Zip(RunFiles.WithLogs(RunFiles.PathOf(folder, id)))
            .Where(f => System.IO.File.Exists(f.First)))
            System.IO.File.Move(from, to);
        return id;
    }

    static double PointsOf(RunView run, RunStatus status)
    {
        if (status is not { GreedyValue: { } greedy, OptimalValue: { } optimum })
            return 0;
        var tables = run.Agent().Tables;
        double? random = PolicyEvaluation.Evaluate(tables, StationaryPolicy.Uniform(tables), status.Settings.DiscountFactor).StartValue;
        bool isBest = optimum - greedy <= Plan.Tie * Math.Abs(optimum);
        return isBest ? 1 : random is { } worst && worst < optimum ? Math.Clamp((greedy - worst) / (optimum - worst), 0, 1) : 0;
    }
}

using System.Diagnostics;

namespace GridWorld.Tests;

/// <summary>
/// Whatever is done to a run, and in which order: it is the run that its specification and its events say, everywhere it can be seen.
/// </summary>
public sealed class CourseTests : IDisposable
{
    const string Name = "courses";
    readonly TemporaryFolder folder = new();
    long acts;

    /// <summary>
    /// A failure prints the shortest course that still fails; <c>dotnet run build.cs long courses SEED 1</c> plays one again.
    /// </summary>
    [Fact]
    public void Any_course_of_a_run_is_the_straight_run_with_its_events()
    {
        var (rounds, seed, begun) = (Long.Count(Name, 100, 3000), Long.Seed(Name, 1), Stopwatch.GetTimestamp());
        Long.Say(Name, $"seed {seed}, {rounds} rounds");

        if (FirstFailure(seed, rounds, Plant.None) is var (course, failure))
            Assert.Fail($"Round {course.Seed} fails. {failure}\n{course}\nThe shortest course that fails:\n{Shortest(course)}");

        Long.Say(Name,
            $"{rounds} rounds with {acts} acts in {Stopwatch.GetElapsedTime(begun).TotalMinutes:F1} minutes: all as the straight run");
    }

    [Theory]
    [InlineData(nameof(Plant.SwappedChanges))]
    [InlineData(nameof(Plant.LaterCheckpointLeft))]
    [InlineData(nameof(Plant.PageDeleted))]
    public void Fault_that_is_planted_is_found(string name)
    {
        var found = FirstFailure(1, 300, Enum.Parse<Plant>(name));

        Assert.NotNull(found);
        Assert.Null(Failure(found.Value.Course, Plant.None));
    }

    (RandomCourse Course, string Failure)? FirstFailure(ulong seed, long rounds, Plant plant)
    {
        (RandomCourse, string)? first = null;
        Parallel.For(0, rounds, new() { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) }, (i, loop) =>
        {
            var course = RandomCourse.Of(seed + (ulong)i);
            Interlocked.Add(ref acts, course.Acts.Count);
            if (Failure(course, plant) is not { } failure)
                return;
            loop.Stop();
            lock (folder)
                first ??= (course, failure);
        });
        return first;
    }

    /// <summary>Why a course fails; null where it does not.</summary>
    string? Failure(RandomCourse course, Plant plant)
    {
        string place = Path.Combine(folder.Path, Guid.NewGuid().ToString("N"));
        try
        {
            CoursePlayer.Play(course, place, plant);
            return null;
        }
        catch (CourseFailed e)
        {
            return e.Message;
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    // What a course does depends on when its threads get their turn: an act is left out for good where one of three tries fails without it.
    RandomCourse Shortest(RandomCourse course)
    {
        var begun = Stopwatch.GetTimestamp();
        for (int i = course.Acts.Count - 1; i >= 0 && Stopwatch.GetElapsedTime(begun) < TimeSpan.FromMinutes(1); i--)
        {
            var shorter = course with { Acts = [.. course.Acts.Where((_, place) => place != i)] };
            if (Enumerable.Range(0, 3).Any(_ => Failure(shorter, Plant.None) is not null))
                course = shorter;
        }

        return course;
    }

    public void Dispose() => folder.Dispose();
}

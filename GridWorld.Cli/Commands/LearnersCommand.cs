using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The catalog of learners.</summary>
internal static class LearnersCommand
{
    public static Command Make() => CommandAction.Command("learners", "List the learners and their options.", [Options.Json], Run);

    static void Run(Given given)
    {
        given.Faults.ThrowIfAny();
        if (!given.Flag(Options.Json))
        {
            Facts.Table(["learner", "name", "source", "options of its own"], [.. LearnerCatalog.All.Select(l => new object?[] { l.Name, l.Title, l.Source, OwnOptions(l.Create()) })]);
            Console.Out.WriteLine();
            Console.Out.WriteLine($"Options of all: {string.Join(" ", LearnerSettings.All.Where(IsCommon).Select(LearnerInput.OptionName))}.");
            Console.Out.WriteLine("gridworld train --help tells the range and default of each.");
            return;
        }

        Json.Print(json =>
        {
            json.WriteStartArray();
            foreach (var learner in LearnerCatalog.All)
            {
                json.WriteStartObject();
                json.WriteString("name", learner.Name);
                json.WriteString("title", learner.Title);
                json.WriteString("source", learner.Source);
                json.WriteStartObject("defaults");
                var options = learner.Create();
                foreach (var setting in LearnerSettings.Of(options))
                {
                    json.WritePropertyName(setting.Name);
                    json.WriteRawValue(setting.ToJson(options)!);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    static string OwnOptions(LearnerOptions learner) => string.Join(" ", LearnerSettings.Of(learner).Where(s => !IsCommon(s)).Select(LearnerInput.OptionName));

    static bool IsCommon(LearnerSetting setting) => LearnerCatalog.All.All(l => setting.ToJson(l.Create()) is not null);
}

using System.CommandLine;

namespace GridWorld.Cli;

/// <summary>The catalog of learners.</summary>
internal static class LearnersCommand
{
    public static Command Make() => CommandAction.Command("learners", "List the learners and what each can be told.", [Options.Json], Run);

    static void Run(Given given)
    {
        given.Faults.ThrowIfAny();
        if (!given.Flag(Options.Json))
        {
            Facts.Table(["learner", "name", "source"], [.. LearnerCatalog.All.Select(l => new object?[] { l.Name, l.Title, l.Source })]);
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
}

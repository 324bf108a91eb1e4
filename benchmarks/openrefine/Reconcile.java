import com.google.refine.model.*;
import com.google.refine.model.recon.*;
import com.google.refine.model.recon.ReconciledDataExtensionJob.*;
import com.google.refine.model.recon.StandardReconConfig.ColumnDetail;
import java.util.*;

/** Reconciles a small table with a service by OpenRefine's own classes, and extends what was found; exits 3 where the service gave an error. */
public class Reconcile {
    private static final String[][] TABLE = { { "so y te", "Phú Lâm" }, { "UBND tỉnh Hải Khê", "" }, { "Sở NN&MT", "" }, { "Không có cơ quan này", "" } };

    public static void main(String[] args) throws Exception {
        StandardReconConfig config = new StandardReconConfig(args[0], "https://chidao.example/id/", "https://chidao.example/ns#", "Agency", "Agency", true, 10,
                List.of(new ColumnDetail("place", "place", "place", null)), 5);
        Project project = project();
        List<ReconJob> jobs = new ArrayList<>();
        for (int i = 0; i < project.rows.size(); i++) {
            jobs.add(config.createJob(project, i, project.rows.get(i), "name", project.rows.get(i).getCell(0)));
        }
        jobs.add(config.createSimpleJob("so y te"));
        Map<String, ReconCandidate> known = new LinkedHashMap<>();
        boolean failed = false;
        for (Recon recon : config.batchRecon(jobs, 1L)) {
            failed |= recon.judgment == Recon.Judgment.Error;
            System.out.println(recon.judgment + (recon.error == null ? "" : " " + recon.error) + (recon.match == null ? "" : " " + recon.match.name));
            for (ReconCandidate one : recon.candidates == null ? List.<ReconCandidate>of() : recon.candidates) {
                System.out.println("    " + one.score + " " + one.name + " " + String.join(",", one.types));
                known.put(one.id, one);
            }
        }
        List<DataExtensionProperty> wanted = List.of(new DataExtensionProperty("place", "place", null), new DataExtensionProperty("given", "given", null));
        ReconciledDataExtensionJob job = new ReconciledDataExtensionJob(new DataExtensionConfig(wanted), args[0]);
        Set<String> ids = new LinkedHashSet<>(known.keySet());
        Map<String, DataExtension> found = job.extend(ids, known); // puts what it finds into `known`, too
        for (ColumnInfo column : job.columns) {
            System.out.println("column " + column.id + ": " + column.name);
        }
        System.out.println(found.size() + " of " + ids.size() + " extended");
        System.exit(failed || found.size() != ids.size() ? 3 : 0);
    }

    private static Project project() {
        Project project = new Project();
        try {
            project.columnModel.addColumn(0, new Column(0, "name"), false);
            project.columnModel.addColumn(1, new Column(1, "place"), false);
        } catch (ModelException impossible) {
            throw new IllegalStateException(impossible);
        }
        for (String[] one : TABLE) {
            Row row = new Row(2);
            row.setCell(0, new Cell(one[0], null));
            row.setCell(1, one[1].isEmpty() ? null : new Cell(one[1], null));
            project.rows.add(row);
        }
        project.columnModel.update();
        project.recordModel.update(project);
        return project;
    }
}
